<?php
// Invented news from invented towns, in two scripts: the same functions as seed/words.php.

const NOUNS = array(
	'en' => array( 'the lake ferry', 'the town library', 'the night tram', 'the old observatory', 'the harbour market', 'the school garden', 'the paper mill', 'the hill orchard', 'the rope bridge', 'the village bakery', 'the weather station', 'the boathouse' ),
	'ar' => array( 'مكتبة البلدة', 'عبّارة البحيرة', 'سوق الميناء', 'حديقة المدرسة', 'المرصد القديم', 'مخبز القرية', 'جسر الحبال', 'محطة الطقس' ),
);
const TOWNS = array(
	'en' => array( 'Lindenau', 'Elmstead', 'Port Amber', 'Velden Hill', 'Saltmere', 'Two Rivers' ),
	'ar' => array( 'ليندناو', 'ميناء العنبر', 'تل فيلدن', 'وادي النهرين' ),
);
const PEOPLE = array(
	'en' => array( 'Oda Winther', 'Ilse Fabian', 'Mira Solano', 'Jonas Feld', 'Zoë O’Hara' ),
	'ar' => array( 'سلمى النجار', 'ريم الحداد', 'هالة منصور' ),
);
const SENTENCES = array(
	'en' => array(
		'The council of TOWN has agreed to reopen NOUN before the first of June.',
		'PERSON, who has looked after NOUN since 1998, called it “a good day for everybody who gets up early”.',
		'About NUMBER people from TOWN and the villages around came to see it.',
		'“We asked for a bench and got NOUN,” PERSON said on Tuesday.',
		'The work will cost €NUMBER,000 &amp; take two summers, the town’s engineer wrote.',
		'In TOWN, NOUN was closed for a week after the storm, and nobody was hurt.',
		'A plan from last year – it filled NUMBER pages – was put back on the shelf.',
		'Pupils measured NOUN again and found it NUMBER centimetres longer than the map says.',
		'PERSON promised to answer every letter about NOUN by hand.',
		'The neighbours in TOWN lent their ladders, their lamps and NUMBER metres of rope.',
		'Nobody could say who had painted NOUN blue, but most of TOWN likes it.',
		'What happens to NOUN in winter will be decided in October, PERSON said.',
		'The newsletter printed NUMBER recipes that its readers had sent in.',
		'Visitors reach NOUN on foot from TOWN in half an hour; bicycles are welcome.',
	),
	'ar' => array(
		'وافق مجلس بلدة TOWN على إعادة افتتاح NOUN قبل أول يونيو.',
		'قالت PERSON إن يوم NOUN «جميل لكل من يستيقظ باكرا».',
		'حضر نحو NUMBER شخصا من TOWN والقرى المجاورة.',
		'بقي باب NOUN مغلقا أسبوعا بعد العاصفة، ولم يصب أحد بأذى.',
		'قاس التلاميذ NOUN من جديد فوجدوا فرقا قدره NUMBER سنتيمترا عن الخريطة.',
		'وعدت PERSON بأن تجيب عن كل رسالة بخط يدها.',
		'من طلى NOUN باللون الأزرق؟ لا أحد في TOWN يعرف.',
		'يصل الزوار إلى NOUN مشيا من TOWN في نصف ساعة.',
	),
);
const TITLES = array(
	'en' => array( 'TOWN gives NOUN a second summer', 'Who painted NOUN? TOWN would like to know', 'PERSON hands over the keys of NOUN', 'NUMBER steps to NOUN: a walk from TOWN', 'TOWN & neighbours vote for NOUN', 'What we learned from NOUN in TOWN' ),
	'ar' => array( 'TOWN تعيد افتتاح NOUN', 'PERSON تسلّم مفاتيح NOUN', 'من طلى NOUN في TOWN؟', 'NUMBER خطوة إلى NOUN' ),
);

/** Returns a template with its names and numbers chosen by chance. */
function told( string $template, string $language ): string {
	return strtr(
		$template,
		array(
			'NOUN'   => pick( NOUNS[ $language ] ),
			'TOWN'   => pick( TOWNS[ $language ] ),
			'PERSON' => pick( PEOPLE[ $language ] ),
			'NUMBER' => mt_rand( 12, 480 ),
		)
	);
}

/** Returns the name of a town, however many words were asked for. */
function words( string $language, int $least, int $most ): string {
	return pick( TOWNS[ $language ] );
}

function sentences( string $language, int $count ): string {
	$templates = SENTENCES[ $language ];
	$told = array();
	while ( $count-- > 0 ) {
		$chosen = array_splice( $templates, mt_rand( 0, count( $templates ) - 1 ), 1 );
		$told[] = capitalized( told( $chosen[0], $language ) );
	}
	return implode( ' ', $told );
}

function title( string $language ): string {
	return capitalized( told( pick( TITLES[ $language ] ), $language ) );
}

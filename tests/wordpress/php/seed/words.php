<?php
// Words in four scripts, put together by chance: text that means nothing.

const WORDS = array(
	'en' => 'government minister city council election report police court market energy climate school hospital budget protest border agreement company union river bridge flood storm reform parliament president spokesman statement investigation residents announced rejected approved delayed opened closed against after before during under new former senior local national public the a of in on for with from by and is was were have has will would more than most',
	'ru' => 'правительство министр город совет выборы отчёт полиция суд рынок энергия климат школа больница бюджет протест граница соглашение союз река мост наводнение буря реформа парламент заявил расследование жители объявил отклонил одобрил отложил открыл закрыл против после перед во время новый бывший местный в на по с из и что как был были будет более чем',
	'ar' => 'الحكومة الوزير المدينة المجلس الانتخابات التقرير الشرطة المحكمة السوق الطاقة المناخ المدرسة المستشفى الميزانية الحدود الاتفاق الشركة النقابة النهر الجسر الفيضان العاصفة البرلمان الرئيس البيان التحقيق السكان أعلن رفض وافق أجل افتتح أغلق ضد بعد قبل خلال جديد سابق محلي وطني في من على إلى عن مع هذا كان',
	'fa' => 'دولت وزیر شهر شورا انتخابات گزارش پلیس دادگاه بازار می‌روم کتاب‌خانه‌ها می‌شود خانه‌ای رودخانه پل سیل توفان مجلس رئیس‌جمهور بیانیه مردم اعلام کرد رد تصویب باز بسته بعد قبل جدید محلی ملی در از با که این بود',
);

function words( string $language, int $least, int $most ): string {
	static $split = array();
	$split[ $language ] ??= explode( ' ', WORDS[ $language ] );
	$picked = array();
	for ( $count = mt_rand( $least, $most ); $count > 0; $count-- ) {
		$picked[] = pick( $split[ $language ] );
	}
	return implode( ' ', $picked );
}

function sentences( string $language, int $count ): string {
	$told = array();
	while ( $count-- > 0 ) {
		$told[] = capitalized( words( $language, 8, 22 ) ) . pick( array( '.', '.', '.', ', &#8220;' . words( $language, 2, 3 ) . '&#8221;.', ' &#8211; ' . words( $language, 1, 2 ) . '.' ) );
	}
	return implode( ' ', $told );
}

function title( string $language ): string {
	$title = capitalized( words( $language, 5, 11 ) );
	return $title . pick( array( '', '', '', '', ' & ' . words( $language, 1, 1 ), ' – “' . words( $language, 1, 2 ) . '”', ' 🔥' ) );
}

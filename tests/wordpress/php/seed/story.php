<?php
// One post of the shape of a real one: its ids, dates and addresses, and a story of our own.

const STORY = array(
	'The oldest oak of Brenholt has been given a new wooden crutch, and half of the town came to see it carried up the hill before the autumn storms set in for good.',
	'The work follows a dry summer in which the tree’s lowest branch sank by almost a hand (20 cm) and the path below it, loved by schoolchildren, had to be closed.',
	'Played by the brass band of the fire brigade, a slow march went before the carpenters at about 11am (09:00 GMT), when the beam of nearly 20 feet left the sawmill.',
	'The mayor walked behind the band with the oldest forester of the district. A group of children lined the road and threw acorns that they had gathered for the day.',
	'Later the forester greeted the oak as an “old friend”. He told the crowd that the tree and the town had stood together for four hundred years, and that both had needed “a stick to lean on” more than once.',
	'“We will go on looking after each other as good neighbours do,” the gardener Ilse Maron said. The two are to meet again over tea and a walk through the orchard, the local paper wrote.',
	'The council had promised “no limits” to the budget for the crutch a few days before the work began. In March it spoke of a “new era” for the square, and in October of the “deep roots” between the tree and the town.',
	'Before the procession the carpenter, who is 71, said that the choice of larch for the beam underlined how carefully the town had listened, and thanked his apprentice, who is 20.',
	'“We will try to mend the bench, the lantern, the well and the other things that people lean on here,” he told the paper.',
	'In the evening there was a concert for the 75 years of the music school, which stands beside the tree and has its own small oak in the yard.',
	'On Sunday the beam will also be shown in Harlow, a town with an old oak of its own.',
	'In a talk at the library the forester backed a plan of 12 points for the care of old trees, which had met with little interest when it was printed in February.',
	'He said that the plan could be a beginning, and that the district was “open to a talk about trees”. He repeated that such talks “must hear everybody who sits in the shade, the rooks among them”.',
	'The head of the parents’ council has said that any plan must begin with the opening of the path, the lamps along it, the return of the benches, and a promise for the winter.',
	'The neighbouring town is to hold a meeting about its own park next June. At least 50 gardeners have said that they will come, but the builder of the car park has not been asked.',
	'The owner of the car park says that he is neutral, and has not said a word against the roots under his wall.',
	'<strong>A crutch ‘useful’ for everyone</strong>',
	'The council said in a letter that during the week it would “speak at length about all that has to do with the square” and set “new directions for the paths”.',
	'Both the gardeners and the carpenters have made clear that they want to change the square after their own fashion.',
	'Speaking on Tuesday, the keeper of the museum said that the oak and the well played a “major part in the weather of the town”, and that the visit would “strengthen the work of everyone”.',
	'“We should not think little of a crutch,” Sari Lind, a teacher of botany at the evening school, wrote in a letter. “A tree is a good partner in changing the climate of a street, and a street is a good partner for a tree. The town also sees the orchard as a part of the square, and we have heard what might happen if the orchard asked for a crutch of its own.”',
	'The gardeners have grown ever closer to the carpenters since the storms, and send most of their fallen wood to the workshop.',
	'The two have also shared their tools, and held a joint exercise with ladders over the pond and along the eastern hedge.',
	'The rooks have stepped up their flights around the crown as the town prepares for May 20, when Lena Ching, who was chosen in January, takes over as keeper of the square.',
	'The rooks claim the crown as their own and have not ruled out a nest on the crutch itself.',
	'The path is to be opened again on Saturday, if the wind allows it.',
	'With notes by Erin Holm in Brenholt',
	'SOURCE: THE BRENHOLT PAPER AND ITS READERS',
);

function add_story(): void {
	$paragraphs = array_map( fn( $text ) => "<!-- wp:paragraph -->\n<p>$text</p>\n<!-- /wp:paragraph -->", STORY );
	$content = implode( "\n\n", $paragraphs );
	$time = strtotime( '2024-05-16T07:53:48Z' );
	$story = array( 'author' => 11, 'ping' => 'open', 'title' => "'Old friend' of the town square gets a crutch, and a march to go with it", 'content' => $content, 'modified' => strtotime( '2025-08-09T15:50:22Z' ) );
	add_post( $story + array( 'id' => 11667, 'date' => $time, 'slug' => 'old-friend-putin-arrives-in-china-for-state-visit-summit-with-xi-jinping', 'guid' => 'https://ameforum.net/?p=11667' ) );
	add_image( 11668, 11, $time, 11667 );
	add_post( $story + array( 'id' => 11670, 'date' => $story['modified'], 'status' => 'inherit', 'slug' => '11667-revision-v1', 'parent' => 11667, 'type' => 'revision', 'guid' => 'https://ameforum.net/?p=11670' ) );
	add_row( 'postmeta', array( 11667, '_thumbnail_id', '11668' ) );
}

/** Adds the story's terms under the very ids that it names, and returns their rows. */
function add_story_terms(): array {
	global $wpdb;
	$rows = array();
	foreach ( array( 183 => array( 'category', 'Asian issues', 'asian-issues' ), 307 => array( 'category', 'Main news', 'main-news' ), 172 => array( 'category', 'تقارير', sanitize_title( 'تقارير' ) ), 796 => array( 'post_tag', 'en', 'en' ) ) as $id => $term ) {
		$wpdb->query( $wpdb->prepare( "INSERT INTO $wpdb->terms (term_id,name,slug,term_group) VALUES (%d,%s,%s,0)", $id, $term[1], $term[2] ) );
		$wpdb->query( $wpdb->prepare( "INSERT INTO $wpdb->term_taxonomy (term_taxonomy_id,term_id,taxonomy,description,parent,count) VALUES (%d,%d,%s,'',0,0)", $id, $id, $term[0] ) );
		add_row( 'term_relationships', array( 11667, $id, 0 ) );
		$rows[ $term[0] ][] = $id;
	}
	return $rows;
}

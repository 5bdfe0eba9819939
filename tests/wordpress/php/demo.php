<?php
// Fills a freshly installed WordPress with the demo's site: eighty invented stories, the same at each run.
require __DIR__ . '/boot.php';
foreach ( array( 'seed/rows', 'seed/chance', 'seed/images', 'seed/bodies', 'demo/words', 'demo/people', 'demo/posts' ) as $part ) {
	require __DIR__ . "/$part.php";
}
mt_srand( 7 );
foreach ( array( 'blogname' => 'AME Forum', 'blogdescription' => 'Invented news from invented towns', 'timezone_string' => '', 'default_ping_status' => 'open' ) as $option => $value ) {
	update_option( $option, $value );
}
$wp_rewrite->set_permalink_structure( '/%postname%/' );
$wp_rewrite->flush_rules( false );
add_people_and_subjects();
$links = array();
for ( $place = -49; $place <= 30; $place++ ) {
	0 === $place ? add_told_story() : $links[] = add_invented_story( $place, $links );
}
finish( array( 'category' ) );

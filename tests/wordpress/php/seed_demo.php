<?php
// Fills the site that is recorded for `scrapy demo`: some eighty posts, one of them the story.
require __DIR__ . '/boot.php';
foreach ( array( 'rows', 'words', 'people', 'bodies', 'posts', 'story' ) as $part ) {
	require __DIR__ . "/seed/$part.php";
}
mt_srand( 3 );
mysqli_query( $wpdb->dbh, "SET SESSION sql_mode=''" );
update_option( 'blogname', 'The Brenholt Forum' );
update_option( 'blogdescription', 'News of a town that does not exist' );
update_option( 'timezone_string', '' );
global $wp_rewrite;
$wp_rewrite->set_permalink_structure( '/%postname%/' );
$wp_rewrite->flush_rules( false );

$authors = add_authors( 12 );
$story_terms = add_story_terms();
add_story();
$terms = array( 'category' => $story_terms['category'], 'post_tag' => $story_terms['post_tag'] );
foreach ( array( 'Town hall', 'Weather & water', 'Sport', 'Культура', 'Music' ) as $number => $name ) {
	$terms['category'][] = add_term( 'category', esc_html( $name ), sanitize_title( $name ), $number > 2 ? 307 : 0 )['row'];
}
for ( $number = 0; $number < 24; $number++ ) {
	$name = words( pick( array( 'en', 'en', 'ru', 'ar' ) ), 1, 2 );
	$terms['post_tag'][] = add_term( 'post_tag', $name, sanitize_title( $name ) . "-$number" )['row'];
}
$next = 12000;
$links = array();
for ( $number = 0; $number < 79; $number++ ) {
	$language = pick( array( 'en', 'en', 'en', 'ru', 'ar', 'fa' ) );
	$author = pick( $authors );
	$date = strtotime( '2023-01-10T08:00:00Z' ) + $number * 1209600 + mt_rand( 0, 86400 );
	$images = array();
	for ( $count = mt_rand( 0, 2 ); $count > 0; $count-- ) {
		$images[] = add_image( $next, $author, $date - 60, $next + $count );
		$next++;
	}
	$title = title( $language );
	$slug = slug( $title );
	add_post( array( 'id' => $next, 'author' => $author, 'date' => $date, 'modified' => $date + mt_rand( 0, 86400 ), 'title' => $title, 'slug' => $slug, 'content' => body( $language, $images, $links, $next ), 'excerpt' => chance( 0.3 ) ? sentences( $language, 2 ) : '', 'guid' => "https://ameforum.net/?p=$next" ) );
	if ( $images ) {
		add_row( 'postmeta', array( $next, '_thumbnail_id', (string) $images[0]['id'] ) );
	}
	$chosen = array( pick( $terms['category'] ), pick( $terms['post_tag'] ), pick( $terms['post_tag'] ) );
	foreach ( array_unique( $chosen ) as $row ) {
		add_row( 'term_relationships', array( $next, $row, 0 ) );
	}
	$links[] = home_url( "/$slug/" );
	$next++;
}
foreach ( array_keys( COLUMNS ) as $table ) {
	write_rows( $table );
}
$wpdb->query( "UPDATE $wpdb->term_taxonomy tt SET count=(SELECT COUNT(*) FROM $wpdb->term_relationships tr JOIN $wpdb->posts p ON p.ID=tr.object_id WHERE tr.term_taxonomy_id=tt.term_taxonomy_id AND p.post_status='publish')" );
delete_option( 'category_children' );

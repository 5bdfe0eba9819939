<?php
// php churn.php SECONDS ID,ID,… : publishes, edits and trashes posts while somebody reads the site.
// Only the given posts and those published here are trashed; what was done is printed, a line each.
require __DIR__ . '/boot.php';
wp_set_current_user( 1 );
mt_srand( 11 );
$mortal = array_map( 'intval', explode( ',', $argv[2] ) );
$all = array_map( 'intval', $wpdb->get_col( "SELECT ID FROM $wpdb->posts WHERE post_type='post' AND post_status='publish' AND post_password=''" ) );
$until = microtime( true ) + (float) $argv[1];
for ( $turn = 0; microtime( true ) < $until; $turn++ ) {
	$date = 0 === $turn % 2 ? time() - 86400 : mt_rand( 1500000000, 1790000000 );
	$done = array( 'published' => wp_insert_post( array( 'post_title' => uniqid( 'Published meanwhile ' ), 'post_content' => '<p>New.</p>', 'post_status' => 'publish', 'post_author' => 2, 'post_date_gmt' => gmdate( 'Y-m-d H:i:s', $date ), 'post_date' => get_date_from_gmt( gmdate( 'Y-m-d H:i:s', $date ) ) ) ) );
	$done['edited'] = $all[ mt_rand( 0, count( $all ) - 1 ) ];
	wp_update_post( array( 'ID' => $done['edited'], 'post_excerpt' => "Edited in turn $turn." ) );
	if ( $mortal ) {
		$done['trashed'] = array_splice( $mortal, mt_rand( 0, count( $mortal ) - 1 ), 1 )[0];
		wp_trash_post( $done['trashed'] );
	}
	echo json_encode( $done ), "\n";
	usleep( 20000 );
}

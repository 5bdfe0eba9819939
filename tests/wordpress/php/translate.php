<?php
// Puts the posts of a site into English, Spanish and French, by turns; most are translated.
// php translate.php [OPTION…] switches options of the plugins on.
require __DIR__ . '/boot.php';
global $wpdb;
$posts = $wpdb->get_col( "SELECT ID FROM $wpdb->posts WHERE post_type = 'post' ORDER BY ID" );
foreach ( $posts as $number => $post ) {
	$alone = 4 === $number % 5;
	update_post_meta( $post, 'language', array( 'en', 'es', 'fr' )[ $number % 3 ] );
	update_post_meta( $post, 'translation_group', $alone ? "alone-$post" : 'group-' . intdiv( $number, 3 ) );
}
foreach ( array_slice( $argv, 1 ) as $option ) {
	update_option( $option, 1 );
}

<?php
// Plugin Name: in the place of Co-Authors Plus 3.6: its taxonomy `author` and its REST endpoint.
// A post's authors are the nicenames in its meta `byline`, in order; `guest-` begins a guest's.
require dirname( __DIR__ ) . '/oembed.php';
add_action( 'init', fn() => register_taxonomy( 'author', array( 'post' ), array( 'hierarchical' => false, 'show_in_rest' => true, 'rest_base' => 'coauthors', 'public' => true ) ) );
function byline_author( string $nicename ): array {
	$user = get_user_by( 'slug', $nicename );
	return array( 'id' => $user ? $user->ID : 800000 + crc32( $nicename ) % 1000, 'display_name' => $user ? $user->display_name : ucwords( str_replace( '-', ' ', $nicename ) ), 'user_nicename' => $nicename, 'link' => home_url( "/author/$nicename/" ) );
}
add_action(
	'rest_api_init',
	function () {
		$answer = fn( $request ) => array_map( 'byline_author', explode( ',', get_post_meta( $request['post_id'], 'byline', true ) ) );
		register_rest_route( 'coauthors/v1', '/coauthors', array( 'methods' => 'GET', 'callback' => $answer, 'permission_callback' => '__return_true' ) );
	}
);

<?php
// Plugin Name: in the place of Yoast SEO: its REST field `yoast_head_json`, and a users route that is closed.
// It is closed as many a plugin closes it: up to 6.1 an embedded author is then a fatal error.
// Authors of a post are those in its meta `byline`; odd users are told by the schema, even ones by oEmbed only.
require dirname( __DIR__ ) . '/oembed.php';
add_action(
	'rest_api_init',
	function () {
		register_rest_route( 'yoast/v1', '/file_size', array( 'methods' => 'GET', 'callback' => '__return_empty_array', 'permission_callback' => '__return_false' ) );
		register_rest_field( 'post', 'yoast_head_json', array( 'get_callback' => 'yoast_head', 'schema' => array( 'type' => 'object' ) ) );
	}
);
function yoast_head( array $post ): array {
	$names = explode( ',', get_post_meta( $post['id'], 'byline', true ) );
	$graph = array( array( '@type' => 'Article', '@id' => '#article', 'author' => array_map( fn( $name ) => array( '@id' => "#/person/$name" ), $names ) ) );
	foreach ( $names as $name ) {
		$user = get_user_by( 'slug', $name );
		$graph[] = array( '@type' => array( 'Person', 'ImageObject' ), '@id' => "#/person/$name", 'name' => $user ? $user->display_name : ucwords( str_replace( '-', ' ', $name ) ), 'url' => home_url( "/author/$name/" ) );
	}
	return $post['author'] % 2 || count( $names ) > 1 ? array( 'author' => $graph[1]['name'], 'schema' => array( '@context' => 'https://schema.org', '@graph' => $graph ) ) : array();
}
add_filter(
	'rest_pre_dispatch',
	fn( $result, $server, $request ) => str_starts_with( $request->get_route(), '/wp/v2/users' ) ? new WP_Error( 'rest_user_cannot_view', 'No.', array( 'status' => 401 ) ) : $result,
	10,
	3
);

<?php
// Plugin Name: relations of a plugin on each fifth post: a page, a size of its own API, another
// site, a pattern, nothing; and one that is closed.
require dirname( __DIR__ ) . '/news/news.php';
add_filter(
	'rest_prepare_post',
	function ( $response, $post ) {
		if ( 0 === $post->ID % 5 ) {
			$page = get_posts( array( 'post_type' => 'page', 'name' => 'page-' . $post->ID % 3 ) )[0];
			$response->add_link( 'acf:post', rest_url( "wp/v2/pages/$page->ID" ), array( 'embeddable' => true ) );
			$response->add_link( 'https://acme.example/rels/size', rest_url( 'acme/v1/sizes/' . $post->ID % 2 ) );
			$response->add_link( 'acme-query', rest_url( 'acme/v1/sizes/7?of=' . $post->ID % 2 ) );
			$response->add_link( 'acme-secret', rest_url( 'acme/v1/secret' ) );
			$response->add_link( 'acme-elsewhere', 'https://elsewhere.example/wp/4' );
			$response->add_link( 'acme-pattern', rest_url( 'acme/v1/sizes/' ) . '(?P<id>[\d]+)/x' );
			$response->add_link( 'acme-nothing', '' );
		}
		return $response;
	},
	10,
	2
);
add_filter( 'rest_response_link_curies', fn( $curies ) => array_merge( $curies, array( array( 'name' => 'acme', 'href' => 'https://acme.example/rels/{rel}', 'templated' => true ) ) ) );
add_action(
	'rest_api_init',
	function () {
		register_rest_route( 'acme/v1', '/sizes/(?P<id>\d+)', array( 'methods' => 'GET', 'callback' => fn( $request ) => array( 'size' => $request['id'] ), 'permission_callback' => '__return_true' ) );
		register_rest_route( 'acme/v1', '/secret', array( 'methods' => 'GET', 'callback' => '__return_empty_array', 'permission_callback' => '__return_false' ) );
	}
);

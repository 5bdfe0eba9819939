<?php
// Plugin Name: in the place of Polylang: posts of all languages in one list, which `lang` narrows; the
// fields `lang` and `translations` are the Pro version's (option newscrawl_pro).
require dirname( __DIR__ ) . '/news/news.php';
require dirname( __DIR__ ) . '/languages.php';
$GLOBALS['language'] = path_language();
add_action( 'wp_head', fn() => hreflang( fn( $language ) => home_in( $language ) . '/' ) );
add_action(
	'rest_api_init',
	function () {
		if ( ! get_option( 'newscrawl_pro' ) ) {
			return;
		}
		$translations = function ( $post ) {
			$found = translations_of( $post['id'] );
			return count( $found ) > 1 ? $found : array();
		};
		register_rest_field( 'post', 'lang', array( 'get_callback' => fn( $post ) => language_of( $post['id'] ) ) );
		register_rest_field( 'post', 'translations', array( 'get_callback' => $translations ) );
		register_rest_route( 'pll/v1', '/languages', array( 'methods' => 'GET', 'callback' => fn() => array_map( fn( $slug ) => array( 'slug' => $slug, 'home_url' => home_in( $slug ) . '/' ), array_keys( LOCALES ) ), 'permission_callback' => '__return_true' ) );
	}
);
add_filter( 'rest_post_query', fn( $query, $request ) => $request['lang'] && get_option( 'newscrawl_pro' ) ? $query + array( 'meta_query' => only_in( $request['lang'] ) ) : $query, 10, 2 );

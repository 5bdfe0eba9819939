<?php
// Plugin Name: in the place of WPML: posts of the language that is asked for only, English where none
// is; other types are in no language. Options: newscrawl_parameter (`?lang=es` in place of `/es/`),
// newscrawl_one_root (no API below `/es/`), newscrawl_fields (the fields of the plugin WPML REST API).
require dirname( __DIR__ ) . '/news/news.php';
require dirname( __DIR__ ) . '/languages.php';
$path = get_option( 'newscrawl_one_root' ) && preg_match( '#wp-json|rest_route#', $_SERVER['REQUEST_URI'] ?? '' ) ? '' : path_language();
$GLOBALS['language'] = $path ?: ( isset( LOCALES[ $_GET['lang'] ?? '' ] ) ? $_GET['lang'] : 'en' );
function by_parameter(): bool {
	return (bool) get_option( 'newscrawl_parameter' );
}
function in_language( string $language ): string {
	$asked = by_parameter() && 'en' !== $language ? "/?lang=$language" : '/';
	return by_parameter() ? WP_HOME . $asked : home_in( $language ) . '/';
}
function prefixed( string $url ): string {
	return by_parameter() ? $url : home_in( $GLOBALS['language'] ) . substr( $url, strlen( WP_HOME ) );
}
add_filter( 'home_url', 'prefixed' );
add_filter( 'rest_url', fn( $url ) => by_parameter() && 'en' !== $GLOBALS['language'] ? add_query_arg( 'lang', $GLOBALS['language'], $url ) : $url );
if ( by_parameter() ) {
	add_filter( 'post_link', fn( $link, $post ) => 'en' === language_of( $post->ID ) ? $link : add_query_arg( 'lang', language_of( $post->ID ), preg_replace( '#/(es|fr)/#', '/', $link, 1 ) ), 11, 2 );
}
add_action( 'wp_head', fn() => hreflang( 'in_language' ) );
add_action( 'rest_api_init', fn() => register_rest_route( 'wpml/tm/v1', '/state', array( 'methods' => 'GET', 'callback' => '__return_empty_array', 'permission_callback' => '__return_false' ) ) );
add_action(
	'pre_get_posts',
	function ( $query ) {
		if ( array( 'post' ) === (array) ( $query->get( 'post_type' ) ?: 'post' ) && ! $query->is_singular() ) {
			$query->set( 'meta_query', only_in( $GLOBALS['language'] ) );
		}
	}
);
function as_wpml( int $id, string $language ): array {
	return array( 'locale' => LOCALES[ $language ], 'id' => $id, 'slug' => get_post( $id )->post_name, 'post_title' => get_the_title( $id ), 'href' => get_permalink( $id ) );
}
add_action(
	'rest_api_init',
	function () {
		if ( get_option( 'newscrawl_fields' ) ) {
			$others = fn( $post ) => array_diff( translations_of( $post['id'] ), array( $post['id'] ) );
			$translations = fn( $post ) => array_map( 'as_wpml', array_values( $others( $post ) ), array_keys( $others( $post ) ) );
			register_rest_field( 'post', 'wpml_current_locale', array( 'get_callback' => fn( $post ) => LOCALES[ language_of( $post['id'] ) ] ) );
			register_rest_field( 'post', 'wpml_translations', array( 'get_callback' => $translations ) );
		}
	}
);

<?php
// Plugin Name: a news site that closes the doors which its option newscrawl_closed names.
require dirname( __DIR__ ) . '/sitemaps/sitemaps.php';
function is_closed( $door ) {
	return in_array( $door, explode( ',', get_option( 'newscrawl_closed', '' ) ), true );
}
add_filter(
	'rest_authentication_errors',
	function ( $errors ) {
		if ( is_closed( 'api' ) ) {
			return new WP_Error( 'rest_disabled', 'The REST API is off.', array( 'status' => 403 ) );
		}
		if ( is_closed( 'guests' ) ) {
			return new WP_Error( 'rest_not_logged_in', 'Log in first.', array( 'status' => 401 ) );
		}
		return $errors;
	}
);
add_filter(
	'rest_endpoints',
	function ( $endpoints ) {
		foreach ( array( 'users' => '/wp/v2/users', 'oembed' => '/oembed/1.0' ) as $door => $routes ) {
			if ( is_closed( $door ) ) {
				$endpoints = array_filter( $endpoints, fn( $route ) => ! str_starts_with( $route, $routes ), ARRAY_FILTER_USE_KEY );
			}
		}
		return $endpoints;
	}
);
add_action(
	'parse_request',
	function ( $wp ) {
		if ( is_closed( 'pretty' ) && str_starts_with( $_SERVER['REQUEST_URI'], '/wp-json' ) ) {
			status_header( 404 );
			exit( '<html><p>Nothing here.</html>' );
		}
		if ( is_closed( 'feeds' ) && ! empty( $wp->query_vars['feed'] ) ) {
			wp_die( 'No feed.', '', array( 'response' => 403 ) );
		}
	},
	0
);
add_action(
	'init',
	function () {
		if ( is_closed( 'pretty' ) || is_closed( 'api' ) ) {
			remove_action( 'wp_head', 'rest_output_link_wp_head' );
			remove_action( 'template_redirect', 'rest_output_link_header', 11 );
		}
	}
);
add_filter( 'wp_sitemaps_enabled', fn( $enabled ) => $enabled && ! is_closed( 'sitemaps' ) );
add_filter( 'pre_option_rss_use_excerpt', fn( $told ) => is_closed( 'excerpts' ) ? '1' : $told );

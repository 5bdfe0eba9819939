<?php
// Plugin Name: a news site that closes the doors which its option newscrawl_closed names.
require dirname( __DIR__ ) . '/news/news.php';
add_filter(
	'wp_sitemaps_posts_entry',
	fn( $entry, $post ) => $entry + array( 'lastmod' => wp_date( DATE_W3C, strtotime( $post->post_modified_gmt ) ) ),
	10,
	2
);
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
add_action(
	'template_redirect',
	function () {
		if ( is_closed( 'pages' ) && ! is_feed() ) {
			wp_die( 'No page.', '', array( 'response' => 403 ) );
		}
	}
);
add_filter(
	'rest_post_query',
	function ( $query ) {
		global $wpdb;
		if ( is_closed( 'some' ) ) {
			$query['post__not_in'] = $wpdb->get_col( "SELECT ID FROM $wpdb->posts WHERE ID % 20 = 3" );
		}
		return $query;
	}
);
add_filter( 'wp_sitemaps_enabled', fn( $enabled ) => $enabled && ! is_closed( 'sitemaps' ) );
add_filter( 'pre_option_rss_use_excerpt', fn( $told ) => is_closed( 'excerpts' ) ? '1' : $told );
// The list of posts is closed, each of them is open.
function is_refused( $route ) {
	return ( is_closed( 'lists' ) && '/wp/v2/posts' === $route ) || ( is_closed( 'posts' ) && str_starts_with( $route, '/wp/v2/posts/' ) );
}
add_filter(
	'rest_pre_dispatch',
	fn( $result, $server, $request ) => is_refused( $request->get_route() ) ? new WP_Error( 'rest_forbidden', 'Not to you.', array( 'status' => 401 ) ) : $result,
	10,
	3
);
// The feed shows the same posts whatever is asked for; those of categories and authors do not.
add_action(
	'pre_get_posts',
	fn( $query ) => is_closed( 'capped' ) && $query->is_main_query() && $query->is_feed() && ! $query->is_archive() && $query->set( 'paged', 1 )
);
// Sitemaps as Jetpack names them: no type is told, and all that is public stands in them.
add_filter(
	'robots_txt',
	fn( $lines ) => is_closed( 'jetpack' ) ? "User-agent: *\nSitemap: " . home_url( '/sitemap.xml' ) . "\n" : $lines,
	99
);
function all_addresses() {
	$posts = get_posts( array( 'post_type' => array( 'post', 'page' ), 'post_status' => 'publish', 'posts_per_page' => -1 ) );
	return array_merge(
		array_map( 'get_permalink', $posts ),
		array_map( 'get_term_link', get_terms( array( 'taxonomy' => array( 'category', 'post_tag' ), 'number' => 8 ) ) ),
		array_map( fn( $user ) => get_author_posts_url( $user->ID ), get_users( array( 'number' => 3 ) ) )
	);
}
function answer_sitemap( $root, $entry, $addresses ) {
	header( 'Content-Type: application/xml; charset=UTF-8' );
	echo '<?xml version="1.0" encoding="UTF-8"?>', "<$root xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
	foreach ( $addresses as $address ) {
		echo "<$entry><loc>", esc_xml( $address ), "</loc></$entry>";
	}
	exit( "</$root>" );
}
add_action(
	'parse_request',
	function () {
		if ( ! is_closed( 'jetpack' ) || ! preg_match( '#^/(image-)?sitemap(-index)?-?(\d*)\.xml#', $_SERVER['REQUEST_URI'], $found ) ) {
			return;
		}
		if ( '' === $found[3] ) {
			answer_sitemap( 'sitemapindex', 'sitemap', array( home_url( '/sitemap-index-1.xml' ), home_url( '/image-sitemap-1.xml' ) ) );
		}
		if ( '-index' === $found[2] ) {
			$parts = range( 1, ceil( count( all_addresses() ) / 200 ) );
			answer_sitemap( 'sitemapindex', 'sitemap', array_map( fn( $part ) => home_url( "/sitemap-$part.xml" ), $parts ) );
		}
		$parts = array_chunk( all_addresses(), 200 );
		answer_sitemap( 'urlset', 'url', $parts[ $found[3] - 1 ] ?? array() );
	},
	0
);

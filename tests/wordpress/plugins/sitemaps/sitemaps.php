<?php
// Plugin Name: a news site whose sitemaps tell when each post was modified, as core's own do since 6.5.
require dirname( __DIR__ ) . '/news/news.php';
add_filter(
	'wp_sitemaps_posts_entry',
	function ( $entry, $post ) {
		return $entry + array( 'lastmod' => wp_date( DATE_W3C, strtotime( $post->post_modified_gmt ) ) );
	},
	10,
	2
);
add_filter(
	'wp_sitemaps_max_urls',
	function () {
		return 500;
	}
);

<?php
// Plugin Name: a news site's own types and taxonomies; oEmbed answers without a network.
add_action(
	'init',
	function () {
		register_taxonomy( 'region', array( 'post', 'liveblog' ), array( 'label' => 'Regions', 'hierarchical' => true, 'show_in_rest' => true, 'rest_base' => 'regions' ) );
		register_taxonomy( 'internal_desk', array( 'post' ), array( 'label' => 'Desk', 'public' => false, 'show_in_rest' => false ) );
		register_post_type(
			'liveblog',
			array(
				'label'        => 'Live blogs',
				'public'       => true,
				'show_in_rest' => true,
				'rest_base'    => 'live-blogs',
				'supports'     => array( 'title', 'editor', 'author', 'thumbnail', 'excerpt', 'comments', 'revisions' ),
				'taxonomies'   => array( 'post_tag', 'region' ),
			)
		);
		register_post_type( 'newswire', array( 'label' => 'Wire', 'public' => true, 'show_in_rest' => false ) );
	},
	5
);
add_filter(
	'pre_oembed_result',
	function ( $result, $url ) {
		if ( preg_match( '#youtube\.com/watch\?v=([\w-]+)#', $url, $video ) ) {
			return "<iframe title=\"Video\" width=\"500\" height=\"281\" src=\"https://www.youtube.com/embed/$video[1]?feature=oembed\" allowfullscreen></iframe>";
		}
		return $result;
	},
	10,
	2
);

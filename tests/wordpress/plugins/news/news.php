<?php
// Plugin Name: a news site's own types and taxonomies.
require dirname( __DIR__ ) . '/oembed.php';
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

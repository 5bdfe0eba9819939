<?php
// A site in English, Spanish and French: which language a post is in, and what translates it.
// translate.php wrote it down; the first directory of an address names the language, English has none.
const LOCALES = array( 'en' => 'en_US', 'es' => 'es_ES', 'fr' => 'fr_FR' );
function path_language(): string {
	if ( preg_match( '#^/(es|fr)(/.*)$#', $_SERVER['REQUEST_URI'] ?? '', $found ) ) {
		$_SERVER['REQUEST_URI'] = $found[2];
		return $found[1];
	}
	return '';
}
function language_of( int $post ): string {
	return get_post_meta( $post, 'language', true ) ?: 'en';
}
function translations_of( int $post ): array {
	global $wpdb;
	$group = get_post_meta( $post, 'translation_group', true );
	$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts JOIN $wpdb->postmeta ON post_id = ID WHERE meta_key = 'translation_group' AND meta_value = %s AND post_status = 'publish' ORDER BY ID", $group ) );
	return array_combine( array_map( 'language_of', $ids ), array_map( 'intval', $ids ) );
}
function only_in( string $language ): array {
	return array( array( 'key' => 'language', 'value' => $language ) );
}
function home_in( string $language ): string {
	return WP_HOME . ( 'en' === $language ? '' : "/$language" );
}
function link_in_language( string $link, WP_Post $post ): string {
	return home_in( language_of( $post->ID ) ) . preg_replace( '#^/(es|fr)/#', '/', substr( $link, strlen( WP_HOME ) ) );
}
function hreflang( callable $home ): void {
	$urls = is_singular( 'post' ) ? array_map( 'get_permalink', translations_of( get_queried_object_id() ) ) : array();
	foreach ( $urls || is_singular() ? $urls : array_combine( array_keys( LOCALES ), array_map( $home, array_keys( LOCALES ) ) ) as $language => $url ) {
		printf( "<link rel=\"alternate\" hreflang=\"%s\" href=\"%s\" />\n", esc_attr( $language ), esc_url( $url ) );
	}
	printf( "<link rel=\"alternate\" hreflang=\"x-default\" href=\"%s\" />\n", esc_url( WP_HOME . '/' ) );
}
add_filter( 'post_link', 'link_in_language', 10, 2 );
add_filter( 'language_attributes', fn() => 'lang="' . ( $GLOBALS['language'] ?: 'en' ) . '"' );
remove_action( 'template_redirect', 'redirect_canonical' );

<?php
// Chance that is the same at each run, and what text needs of it in any language.

function chance( float $probability ): bool {
	return mt_rand() / mt_getrandmax() < $probability;
}

function pick( array $values ) {
	return $values[ mt_rand( 0, count( $values ) - 1 ) ];
}

function capitalized( string $text ): string {
	return mb_strtoupper( mb_substr( $text, 0, 1 ) ) . mb_substr( $text, 1 );
}

/** Returns the slug that WordPress makes of a text, numbered where it is taken. */
function slug( string $text ): string {
	static $used = array();
	$slug = $base = _truncate_post_slug( sanitize_title( wp_strip_all_tags( $text ) ), 190 ) ?: 'post';
	for ( $number = 2; isset( $used[ $slug ] ); $number++ ) {
		$slug = "$base-$number";
	}
	$used[ $slug ] = true;
	return $slug;
}

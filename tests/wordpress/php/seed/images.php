<?php
// Images as the media library holds them: an attachment and what WordPress knows of its sizes.

const WIDTHS = array( 'medium' => 300, 'large' => 1024, 'thumbnail' => 150, 'medium_large' => 768 );

/** Adds an image of the test site and returns its id and the path of its file without the ending. */
function add_image( int $id, int $author, int $date, int $parent ): array {
	$name = 'photo-' . substr( md5( (string) $id ), 0, 8 );
	$caption = chance( 0.6 ) ? sentences( 'en', 1 ) . ' Photo: AP' : '';
	$alternative = chance( 0.7 ) ? sentences( 'en', 1 ) : '';
	add_post( array( 'id' => $id, 'author' => $author, 'date' => $date, 'title' => $name, 'excerpt' => $caption, 'slug' => "$name-$id", 'parent' => $parent ) + upload( $name, $date ) );
	return add_file( $id, gmdate( 'Y/m', $date ) . "/$name", pick( array( 1200, 1920, 2560 ) ), $alternative );
}

/** Returns what every uploaded image has in its row of wp_posts. */
function upload( string $name, int $date ): array {
	return array(
		'status' => 'inherit',
		'type'   => 'attachment',
		'mime'   => 'image/jpeg',
		'guid'   => content_url( 'uploads/' . gmdate( 'Y/m', $date ) . "/$name.jpg" ),
	);
}

/** Adds an image's file, sizes and alternative text; returns its id and path. */
function add_file( int $id, string $base, int $width, string $alternative ): array {
	$metadata = array(
		'width'      => $width,
		'height'     => (int) ( $width * 2 / 3 ),
		'file'       => "$base.jpg",
		'filesize'   => $width * 200,
		'sizes'      => sizes( basename( $base ) ),
		'image_meta' => array( 'credit' => 'AP' ),
	);
	add_row( 'postmeta', array( $id, '_wp_attached_file', "$base.jpg" ) );
	add_row( 'postmeta', array( $id, '_wp_attachment_metadata', serialize( $metadata ) ) );
	if ( '' !== $alternative ) {
		add_row( 'postmeta', array( $id, '_wp_attachment_image_alt', $alternative ) );
	}
	return array( 'id' => $id, 'base' => $base );
}

function sizes( string $name ): array {
	$sizes = array();
	foreach ( WIDTHS as $size => $width ) {
		$height = 'thumbnail' === $size ? 150 : (int) ( $width * 2 / 3 );
		$sizes[ $size ] = array( 'file' => "$name-{$width}x$height.jpg", 'width' => $width, 'height' => $height, 'mime-type' => 'image/jpeg' );
	}
	return $sizes;
}

<?php
// Bodies as editors write them: blocks, classic text, shortcodes that nobody renders.

const CODE = "<!-- wp:code -->\n<pre class=\"wp-block-code\"><code class=\"language-python\">if a &lt; b:\n    print(\"[not a shortcode]\")</code></pre>\n<!-- /wp:code -->\n\n";
const FAMILY = "<!-- wp:paragraph -->\n<p>A family 👨‍👩‍👧 of three.</p>\n<!-- /wp:paragraph -->\n\n";

function block( string $name, string $html ): string {
	return "<!-- wp:$name -->\n$html\n<!-- /wp:$name -->\n\n";
}

function paragraph( string $language, array $links ): string {
	$text = sentences( $language, mt_rand( 2, 5 ) );
	$word = words( $language, 1, 1 );
	if ( $links && chance( 0.2 ) ) {
		$text .= ' <a href="' . pick( $links ) . pick( array( '', '?utm_source=newsletter&amp;utm_campaign=c1' ) ) . "\">$word</a>";
	} elseif ( chance( 0.1 ) ) {
		$text .= " <strong>$word</strong> <a href=\"/about/\">$word</a> <a href=\"https://example.com/story?id=7&amp;fbclid=x\" rel=\"nofollow\">$word</a>";
	} elseif ( chance( 0.05 ) ) {
		$text .= ' <img src="https://s.w.org/images/core/emoji/14.0.0/72x72/1f525.png" alt="🔥" class="wp-smiley" /> &amp; &lt;b&gt; &euro;5';
	}
	$direction = in_array( $language, array( 'ar', 'fa' ), true ) ? ' dir="rtl"' : '';
	return block( 'paragraph', "<p$direction>$text</p>" );
}

function figure( array $image, string $language ): string {
	$source = content_url( "uploads/$image[base]-1024x682.jpg" );
	$tag = "<img src=\"$source\" alt=\"\" class=\"wp-image-$image[id]\"/>";
	if ( chance( 0.2 ) ) {
		$tag = "<img src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\" data-src=\"$source\" alt=\"\" class=\"lazyload wp-image-$image[id]\"/>";
	}
	return block( 'image', "<figure class=\"wp-block-image\">$tag<figcaption>" . sentences( $language, 1 ) . ' (Photo: AP)</figcaption></figure>' );
}

function quotation( string $language ): string {
	return block( 'quote', '<blockquote class="wp-block-quote"><p>' . sentences( $language, 2 ) . '</p><cite>' . words( $language, 1, 2 ) . '</cite></blockquote>' );
}

function bullets( string $language ): string {
	$items = '';
	for ( $count = mt_rand( 3, 6 ); $count > 0; $count-- ) {
		$items .= '<li>' . sentences( $language, 1 ) . '</li>';
	}
	return block( 'list', "<ul>$items</ul>" );
}

function table( string $language ): string {
	$rows = '';
	for ( $count = mt_rand( 3, 7 ); $count > 0; $count-- ) {
		$rows .= '<tr><td>' . words( $language, 1, 1 ) . '</td><td>' . mt_rand( 1, 99 ) . '</td></tr>';
	}
	return block( 'table', "<figure class=\"wp-block-table\"><table><thead><tr><th>City</th><th>%</th></tr></thead><tbody>$rows</tbody></table></figure>" );
}

function embed( int $number ): string {
	$video = 'https://www.youtube.com/watch?v=' . substr( md5( (string) $number ), 0, 11 );
	return block( 'embed', "<figure class=\"wp-block-embed is-provider-youtube\"><div class=\"wp-block-embed__wrapper\">\n$video\n</div></figure>" );
}

function gallery( array $images ): string {
	return block( 'gallery', '<figure class="wp-block-gallery has-nested-images">' . implode( '', array_map( fn( $image ) => figure( $image, 'en' ), $images ) ) . '</figure>' );
}

/** Returns a body of some more bytes than the length. */
function body( string $language, array $images, array $links, int $id, int $length ): string {
	$body = chance( 0.06 ) ? "[unknown_slider id=\"$id\"]\n\n" : '';
	while ( strlen( $body ) < $length ) {
		$body .= paragraph( $language, $links );
		$draw = mt_rand( 1, 100 );
		$body .= match ( true ) {
			$draw <= 10 => block( 'heading', '<h2 class="wp-block-heading">' . title( $language ) . '</h2>' ),
			$draw <= 20 && $images => figure( pick( $images ), $language ),
			$draw <= 24 => quotation( $language ),
			$draw <= 28 => bullets( $language ),
			$draw <= 30 => table( $language ),
			$draw <= 32 => embed( $id + $draw ),
			$draw <= 33 && count( $images ) > 1 => gallery( $images ),
			$draw <= 34 && $images => "[caption id=\"attachment_1\" width=\"300\"]<img src=\"" . content_url( "uploads/{$images[0]['base']}-300x200.jpg" ) . "\" alt=\"\" /> " . words( $language, 3, 8 ) . "[/caption]\n\n",
			$draw <= 35 => CODE,
			$draw <= 36 => FAMILY,
			$draw <= 37 => "[ad_slot name=\"mid\"]\n\n" . sentences( $language, 2 ) . "\n\n",
			default => '',
		};
	}
	return $body;
}

<?php
// oEmbed answers come from here, never from a network.
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

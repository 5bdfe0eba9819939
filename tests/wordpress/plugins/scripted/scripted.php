<?php
// Plugin Name: a news site without API and feed, whose option newscrawl_pages says how it shows posts.
require dirname( __DIR__ ) . '/closed/closed.php';
function shows_pages( $how ) {
	return get_option( 'newscrawl_pages' ) === $how;
}
function head_of( $html ) {
	return substr( $html, 0, strpos( $html, '<body' ) );
}
function body_of( $html ) {
	return preg_replace( '#.*?<body[^>]*>(.*)</body>.*#s', '$1', $html );
}
// The head is as it was; what the body holds comes by a request of its own. What is asked for beside
// it is an image, a window and another host.
function fetched( $html ) {
	return head_of( $html ) . '<body><div id="root"></div><noscript>This site needs JavaScript.</noscript><script>
		new Image().src = "/image.png";
		window.open("/window/");
		fetch("http://localhost:" + location.port + "/elsewhere/").catch(() => null);
		navigator.userAgent.startsWith("newscrawl/") && fetch(location.pathname + "?fragment=1").then(answer => answer.text()).then(text => {
			document.getElementById("root").innerHTML = text;
		});
	</script></body></html>';
}
// What the body holds is in the page, for a script only.
function packed( $html ) {
	return head_of( $html ) . '<body><nav>Home, News, Sport, Weather</nav><main></main><script>
		const bytes = Uint8Array.from(atob("' . base64_encode( body_of( $html ) ) . '"), c => c.charCodeAt(0));
		setTimeout(() => document.querySelector("main").innerHTML = new TextDecoder().decode(bytes), 50);
	</script></body></html>';
}
function barren( $html ) {
	return head_of( $html ) . '<body><div id="root"></div><script>const nothing = 1;</script></body></html>';
}
function endless( $html ) {
	return str_replace( 'const nothing = 1;', 'while (true) {}', barren( $html ) );
}
// A script that could go around it is there, too.
function asking( $html ) {
	$form = '<form action="/prove" method="post"><p>Prove that you are no robot.</p><div class="h-captcha" data-sitekey="1"></div></form>';
	return str_replace( '<div id="root"></div>', '<div id="root">' . $form . '</div>', fetched( $html ) );
}
add_action(
	'template_redirect',
	function () {
		if ( ! is_singular( 'post' ) ) {
			return;
		}
		if ( ! str_starts_with( $_SERVER['HTTP_USER_AGENT'] ?? '', 'newscrawl/' ) ) {
			wp_die( 'Who are you?', '', array( 'response' => 403 ) );
		}
		if ( shows_pages( 'checked' ) && empty( $_COOKIE['passed'] ) ) {
			status_header( 202 );
			exit( '<html><title>One moment</title><p>Your browser is checked.</p><script>
				document.cookie = "passed=1; path=/"; setTimeout(() => location.reload(), 300);
			</script></html>' );
		}
		if ( isset( $_GET['fragment'] ) ) {
			ob_start( 'body_of' );
		} elseif ( in_array( $how = get_option( 'newscrawl_pages' ), array( 'fetched', 'packed', 'barren', 'endless', 'asking' ), true ) ) {
			ob_start( $how );
		}
	},
	0
);
add_filter( 'robots_txt', fn( $lines ) => $lines . ( is_closed( 'fragments' ) ? "Disallow: /*?fragment=\n" : '' ) );

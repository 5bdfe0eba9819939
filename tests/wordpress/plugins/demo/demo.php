<?php
// Plugin Name: the recorded site cuts its excerpts with an ellipsis, as its theme does.
add_filter( 'excerpt_more', fn() => ' &hellip;' );

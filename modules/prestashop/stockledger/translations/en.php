<?php

// The texts in the sources are English.
global $_MODULE;
$_MODULE = [];

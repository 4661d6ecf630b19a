<?php

header('Cache-Control: no-store');
header('Location: ../');
exit;

"""The deeds: one public function a deed, one transaction a deed."""

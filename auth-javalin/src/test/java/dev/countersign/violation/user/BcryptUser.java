package dev.countersign.violation.user;

import at.favre.lib.crypto.bcrypt.BCrypt;

record BcryptUser(BCrypt.Version version) {}

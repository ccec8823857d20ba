package dev.countersign.violation.user;

import com.nulabinc.zxcvbn.Strength;

record ZxcvbnUser(Strength strength) {}

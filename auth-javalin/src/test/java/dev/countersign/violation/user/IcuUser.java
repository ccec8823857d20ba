package dev.countersign.violation.user;

import com.ibm.icu.util.VersionInfo;

record IcuUser(VersionInfo version) {}

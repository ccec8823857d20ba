package dev.countersign.violation.user;

import org.apache.commons.fileupload.FileUpload;

record FormUser(FileUpload form) {}

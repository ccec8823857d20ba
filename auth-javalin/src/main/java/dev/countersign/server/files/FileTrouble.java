package dev.countersign.server.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a file or a folder cannot be used, in words: an exception's message is often nothing but the path. */
public final class FileTrouble {

    private FileTrouble() {}

    /**
     * Words a failure.
     *
     * @param failed what was thrown
     * @return the reason in lower case, such as {@code permission denied}; neither the path nor the name of a class
     */
    public static String of(IOException failed) {
        if (failed instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        if (failed instanceof FileNotFoundException || !(failed instanceof FileSystemException inFileSystem)) {
            return said(failed.getMessage());
        }
        if (failed instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "something else of that name is there";
        }
        if (failed instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (failed instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        return failed instanceof FileSystemLoopException ? "its links form a circle" : said(inFileSystem.getReason());
    }

    /**
     * Words a failure that was wrapped.
     *
     * @param failed what was thrown
     * @return the reason
     */
    public static String of(UncheckedIOException failed) {
        IOException cause = failed.getCause();
        return cause == null ? said(null) : of(cause);
    }

    private static String said(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "it cannot be read or written";
        }
        if (reason.contains("symbolic links")) {
            return "its links form a circle";
        }
        boolean isWord = reason.length() > 1 && Character.isLowerCase(reason.charAt(1));
        return isWord ? reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1) : reason;
    }
}

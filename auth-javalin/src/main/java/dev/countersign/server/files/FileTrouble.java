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

/** Describes why a file or folder cannot be used. The message of the exception is often only the path. */
public final class FileTrouble {

    private FileTrouble() {}

    /**
     * Describes an exception.
     *
     * @param failed the exception
     * @return the reason in lower case, such as {@code permission denied}; it never holds the path or a class name
     */
    public static String of(IOException failed) {
        if (failed instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (failed instanceof FileNotFoundException || !(failed instanceof FileSystemException inFileSystem)) {
            return reason(failed.getMessage());
        }
        if (failed instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "another file or folder has that name";
        }
        if (failed instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (failed instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        return failed instanceof FileSystemLoopException
                ? "its symbolic links form a loop"
                : reason(inFileSystem.getReason());
    }

    /**
     * Describes a wrapped exception.
     *
     * @param failed the exception
     * @return the reason
     */
    public static String of(UncheckedIOException failed) {
        IOException cause = failed.getCause();
        return cause == null ? reason(null) : of(cause);
    }

    private static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "it cannot be read or written";
        }
        if (reason.contains("symbolic links")) {
            return "its symbolic links form a loop";
        }
        boolean isWord = reason.length() > 1 && Character.isLowerCase(reason.charAt(1));
        return isWord ? reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1) : reason;
    }
}

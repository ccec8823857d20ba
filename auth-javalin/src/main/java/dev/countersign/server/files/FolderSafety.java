package dev.countersign.server.files;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds who else can replace the files in a folder; the permissions of the files do not prevent that. */
public final class FolderSafety {

    private static final int ROOT = 0;
    private static final int GROUP_WRITES = 020;
    private static final int OTHERS_WRITE = 002;
    private static final int STICKY = 01000;

    private FolderSafety() {}

    /**
     * Checks a folder and its parents.
     *
     * @param folder the folder
     * @return a warning for each folder that someone other than this process's user and root can change; none if permissions are unknown
     */
    public static ImmutableList<String> warnings(Path folder) {
        ImmutableList.Builder<String> warnings = ImmutableList.builder();
        try {
            Path real = folder.toRealPath();
            Owned owned = Owned.at(real);
            if (owned == null) {
                return ImmutableList.of();
            }
            if (owned.writableBy(GROUP_WRITES | OTHERS_WRITE)) {
                warnings.add("others can change what is in the folder " + real + " (" + owned.permissions()
                        + "), and so replace keys and users: run chmod 700 " + real);
            }
            if (owned.isForeign()) {
                warnings.add("the folder " + real + " belongs to " + owned.owner()
                        + ", who can replace keys and users in it: run the server as " + owned.owner()
                        + ", or chown the folder");
            }
            // Group-writable parents are usual where each user has a group of their own.
            for (Path above = real.getParent(); above != null; above = above.getParent()) {
                Owned higher = Owned.at(above);
                if (higher != null && !higher.isSticky() && higher.writableBy(OTHERS_WRITE)) {
                    warnings.add("others can change what is in the folder " + above + " (" + higher.permissions()
                            + "), and so replace " + real + ": run chmod o-w " + above);
                }
            }
        } catch (IOException unknown) {
            return warnings.build();
        }
        return warnings.build();
    }

    /** {@return whether only this process's user and root can change the folder's contents, as far as permissions are known} */
    public static boolean isOurs(Path folder) {
        try {
            Owned owned = Owned.at(folder.toRealPath());
            return owned == null
                    || (!owned.isForeign() && (owned.isSticky() || !owned.writableBy(GROUP_WRITES | OTHERS_WRITE)));
        } catch (IOException unknown) {
            return false;
        }
    }

    private record Owned(int mode, int uid, String owner, int self) {

        static @Nullable Owned at(Path folder) throws IOException {
            if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return null;
            }
            int uid = (Integer) Files.getAttribute(folder, "unix:uid");
            String owner = Files.getOwner(folder).getName();
            return new Owned((Integer) Files.getAttribute(folder, "unix:mode"), uid, owner, self(uid));
        }

        // Without /proc the process's user is unknown; assume that it is the owner.
        private static int self(int otherwise) throws IOException {
            Path self = Path.of("/proc/self");
            return Files.exists(self) ? (Integer) Files.getAttribute(self, "unix:uid") : otherwise;
        }

        boolean isForeign() {
            return uid != self && uid != ROOT;
        }

        boolean isSticky() {
            return (mode & STICKY) != 0;
        }

        boolean writableBy(int which) {
            return (mode & which) != 0;
        }

        String permissions() {
            StringBuilder text = new StringBuilder();
            for (int bit = 8; bit >= 0; bit--) {
                text.append((mode >> bit & 1) == 0 ? '-' : "rwx".charAt((8 - bit) % 3));
            }
            return text.toString();
        }
    }
}

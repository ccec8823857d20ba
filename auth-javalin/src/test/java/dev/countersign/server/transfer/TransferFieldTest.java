package dev.countersign.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransferFieldTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([a-zA-Z_.]+)` \\|", Pattern.MULTILINE);

    @Test
    void the_page_lists_every_field() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "import.md"));
        String section = page.substring(page.indexOf("\n## Fields\n"), page.indexOf("\n## Hashes\n"));
        List<String> fields = new ArrayList<>(TransferFields.KNOWN.keys());
        // What an import adds to rejected rows itself is told where rejects are.
        fields.removeAll(List.of(TransferField.REJECT_LINE.key(), TransferField.REJECT_REASONS.key()));
        fields.add(TransferField.ATTRIBUTE_PREFIX + "NAME");
        assertThat(ROW.matcher(section).results().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(page)
                .contains("`" + TransferField.REJECT_LINE.key() + "`", "`" + TransferField.REJECT_REASONS.key() + "`");
    }
}

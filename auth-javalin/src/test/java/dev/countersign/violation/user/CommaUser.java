package dev.countersign.violation.user;

import de.siegmar.fastcsv.reader.CsvRecord;

record CommaUser(CsvRecord row) {}

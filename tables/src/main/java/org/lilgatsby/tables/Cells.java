package org.lilgatsby.tables;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBStruct;
import org.lilgatsby.tables.SweepTables.Column;

/** DuckDB's values as Java's: a Boolean, a number, a text, a list or a map of these. */
final class Cells {
    private static final Set<Integer> NUMBERS = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.FLOAT,
            Types.REAL,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.DECIMAL);

    private Cells() {}

    /** The columns of an answer. */
    static List<Column> columns(ResultSetMetaData answer) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= answer.getColumnCount(); i++) {
            boolean isNumber = NUMBERS.contains(answer.getColumnType(i))
                    || answer.getColumnTypeName(i).matches("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?");
            columns.add(new Column(answer.getColumnLabel(i), isNumber));
        }
        return List.copyOf(columns);
    }

    /** The row that an answer stands at. */
    static List<Object> row(ResultSet answer, int columns) throws SQLException {
        List<Object> cells = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            Object value = answer.getObject(i);
            cells.add(value instanceof java.sql.Blob ? answer.getString(i) : plain(value));
        }
        return cells;
    }

    private static Object plain(Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Float number -> Double.valueOf(number.toString());
            case Double number -> number;
            case BigDecimal number -> number;
            case BigInteger number -> number;
            case Number number -> number.longValue();
            case Array array -> list(Arrays.asList((Object[]) array.getArray()));
            case List<?> list -> list(list);
            case DuckDBStruct struct -> map(struct.getMap());
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    private static List<Object> list(List<?> values) throws SQLException {
        List<Object> list = new ArrayList<>(values.size());
        for (Object value : values) {
            list.add(plain(value));
        }
        return list;
    }

    private static Map<String, Object> map(Map<?, ?> values) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            map.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
        }
        return map;
    }
}

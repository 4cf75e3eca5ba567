package org.lilgatsby.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FiniteJsonTest {
    private static final JsonMapper JSON = FiniteJson.mapper().build();

    private record Figures(double primitive, Double boxed, float single, double[] array, float[] singles) {}

    private static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    @Test
    void whatIsNotFiniteIsNullWhereverItStands() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            float single = (float) odd;
            assertEquals(
                    "{\"primitive\":null,\"boxed\":null,\"single\":null,\"array\":[1.0,null],\"singles\":[null,2.5]}",
                    json(new Figures(odd, odd, single, new double[] {1, odd}, new float[] {single, 2.5f})));
            assertEquals("[null,1.0,null]", json(List.of(odd, 1.0, single)));
            assertEquals("[null]", json(new Object[] {Optional.of(odd)}));
            assertEquals("[[0.5,null]]", json(new double[][] {{0.5, odd}}));
            assertEquals("{\"a\":null}", json(Map.of("a", odd)));
            ObjectNode tree = JsonNodeFactory.instance
                    .objectNode()
                    .put("a", odd)
                    .put("b", single)
                    .put("c", 1);
            tree.putArray("d").add(odd).add(0.1);
            assertEquals("{\"a\":null,\"b\":null,\"c\":1,\"d\":[null,0.1]}", json(tree));
            assertEquals("{\"a\":null}", json(JSON.valueToTree(Map.of("a", odd))));
        }
    }

    @Test
    void finiteNumbersReadBackAsTheyAre() {
        for (double number : new double[] {0, -0.0, 0.1 + 0.2, Double.MIN_VALUE, -Double.MAX_VALUE, 1e21}) {
            double[] back = JSON.readValue(json(new double[] {number}), double[].class);
            assertEquals(Double.doubleToRawLongBits(number), Double.doubleToRawLongBits(back[0]));
        }
    }
}

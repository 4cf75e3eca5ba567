package org.lilgatsby.figures;

import java.util.Arrays;
import java.util.List;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Figure;
import org.lilgatsby.recording.FigureInput;
import org.lilgatsby.recording.FigureRow;

/**
 * The ten tokens whose rows of the output head, W where it is tied, have the largest dot products with the mean hidden
 * state, [10, 2]: id and product, largest first, the smaller id first among equals. The product is the mean logit of
 * the token over all positions of the step. Summed in double, component by component. Id -1 where there are fewer
 * tokens; zero before training.
 */
public final class TopIds implements Figure {
    private static final int TOP = 10;

    @Override
    public String name() {
        return "top_ids";
    }

    @Override
    public String description() {
        return "ids and values of the ten largest components of head x mean hidden state";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(TOP), Axis.figures(2));
    }

    @Override
    public List<FigureInput> reads() {
        return List.of(FigureInput.HEAD_BEFORE, FigureInput.MEAN_HIDDEN);
    }

    @Override
    public long heapBytes(Extent extent) {
        return Double.BYTES * (TOP + 2L * extent.width());
    }

    @Override
    public void compute(FigureRow row, float[] values) {
        Matrix head = Inputs.matrix(row, FigureInput.HEAD_BEFORE);
        double[] hidden = Inputs.vector(row, FigureInput.MEAN_HIDDEN, head.columns());
        double[] products = new double[TOP]; // descending
        int[] ids = new int[TOP];
        Arrays.fill(ids, -1);
        for (int id = 0; id < head.rows(); id++) {
            double product = 0;
            for (int j = 0; j < hidden.length; j++) {
                product += hidden[j] * head.value(id, j);
            }
            insert(id, product, ids, products);
        }
        for (int i = 0; i < TOP; i++) {
            values[2 * i] = ids[i];
            values[2 * i + 1] = (float) products[i];
        }
    }

    private static void insert(int id, double product, int[] ids, double[] products) {
        int place = TOP;
        while (place > 0 && (ids[place - 1] < 0 || product > products[place - 1])) {
            place--;
        }
        if (place < TOP) {
            System.arraycopy(ids, place, ids, place + 1, TOP - place - 1);
            System.arraycopy(products, place, products, place + 1, TOP - place - 1);
            ids[place] = id;
            products[place] = product;
        }
    }
}

package io.wattledger.collector.sensor.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.sensor.nvml.GpuSelection.Board;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuSelectionTest {
    private static final List<Board> BOARDS = List.of(
            new Board(0, "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6", List.of()),
            new Board(1, "GPU-8932aaaa-0000-4106-c12f-000000000001", List.of("MIG-11aa-1", "MIG-22bb-2")),
            new Board(2, "GPU-0000bbbb-0000-4106-c12f-000000000002", List.of("MIG-22bb-3")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all | 0 1 2",
                "none | ''",
                "2,0 | 0 2",
                " 1 , 1 | 1",
                "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6 | 0",
                "GPU-8932f,2 | 0 2",
                "GPU-8932 | ''",
                "GPU-8932,2 | 2",
                "MIG-11aa-1 | 1",
                "MIG-11 | 1",
                "MIG-22 | ''",
                "MIG-22bb-3 | 2",
                "MIG-GPU-8932f937-d72c-4106-c12f-20bd9faed9f6/1/0 | 0",
                "MIG-GPU-8932f937/1/0 | ''",
                "7,1 | 1",
                "01 | ''"
            })
    void theSettingChooses(String setting, String indexes) {
        assertThat(GpuSelection.of(setting, Map.of("CUDA_VISIBLE_DEVICES", "0"), BOARDS)
                        .indexes())
                .isEqualTo(set(indexes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,0 | 0 2",
                "'' | ''",
                "-1 | ''",
                "NoDevFiles | ''",
                "0,2,-1,1 | 0 2",
                "0,7,1 | 0",
                "GPU-8932,2 | ''",
                "GPU-8932a,MIG-22bb-3 | 1 2",
                "none | ''"
            })
    void theVariableChoosesAsCudaDoes(String variable, String indexes) {
        assertThat(GpuSelection.of(null, Map.of("CUDA_VISIBLE_DEVICES", variable), BOARDS)
                        .indexes())
                .isEqualTo(set(indexes));
    }

    @Test
    void withoutEitherAllAreChosen() {
        assertThat(GpuSelection.of(null, Map.of(), BOARDS).indexes()).containsExactly(0, 1, 2);
    }

    @Test
    void saysWhereItStopped() {
        assertThat(GpuSelection.of(null, Map.of("CUDA_VISIBLE_DEVICES", "0,7,1"), BOARDS)
                        .notes())
                .anyMatch(note -> note.contains("'7'") && note.contains("left out"));
    }

    @Test
    void saysWhatItDidNotFind() {
        assertThat(GpuSelection.of("7,1", Map.of(), BOARDS).notes())
                .singleElement()
                .asString()
                .contains("'7'", "gpu.devices");
    }

    @Test
    void warnsOfCudasOwnOrder() {
        var variable = Map.of("CUDA_VISIBLE_DEVICES", "0");
        var ordered = Map.of("CUDA_VISIBLE_DEVICES", "0", "CUDA_DEVICE_ORDER", "PCI_BUS_ID");

        assertThat(GpuSelection.of(null, variable, BOARDS).notes()).anyMatch(note -> note.contains("nvidia-smi"));
        assertThat(GpuSelection.of(null, ordered, BOARDS).notes()).noneMatch(note -> note.contains("nvidia-smi"));
    }

    private static Set<Integer> set(String indexes) {
        return Arrays.stream(indexes.split(" "))
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}

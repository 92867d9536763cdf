/*
 * Stands in for NVML in tests. What it answers is in the text file "nvml.txt" beside the library, read anew at every call,
 * in lines "key value"; a value "!N" makes the call return the error N, and what is not there is not supported.
 *
 *   init !18                         what nvmlInit_v2 returns
 *   count 2                          boards
 *   0.handle !4                      error of nvmlDeviceGetHandleByIndex_v2
 *   0.uuid GPU-..   0.name NVIDIA ..
 *   0.energy 1000   0.power 70000   0.limit 700000   0.util 40    (mJ, mW, mW, %)
 *   0.mig 1   0.instances 7   0.mig.1.uuid MIG-..   0.mig.1.slices 2   0.mig.1.compute 10 11
 *   0.compute 10 11   0.graphics 12   0.samples 10:1500000:40 11:1500000:20    (pid:microseconds:%)
 *
 * Compiled with OLD_DRIVER it is a library without the functions that came later: no energy, no use by process, and lists
 * of processes in their first layout.
 *
 * Written against the public documentation of NVML; layouts are those of nvml.h on 64-bit systems.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, UNINITIALIZED = 1, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, UNKNOWN = 999 };

#define VALUE 65536
#define HANDLES 64

static int users;
static char handles[HANDLES][32];

static int from_file(const char *key, char *value) {
    Dl_info here;
    char path[4096];
    dladdr((void *) from_file, &here);
    snprintf(path, sizeof path, "%s", here.dli_fname);
    *strrchr(path, '/') = 0;
    strcat(path, "/nvml.txt");
    FILE *file = fopen(path, "r");
    static char line[VALUE + 64];
    int status = NOT_SUPPORTED;
    size_t length = strlen(key);
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (!strncmp(line, key, length) && (line[length] == ' ' || !line[length])) {
            const char *text = line[length] ? line + length + 1 : "";
            status = *text == '!' ? atoi(text + 1) : SUCCESS;
            strcpy(value, text);
        }
    }
    if (file) fclose(file);
    return status;
}

static int find(const char *handle, const char *what, char *value) {
    char key[96];
    if (!users) return UNINITIALIZED;
    snprintf(key, sizeof key, "%s%s%s", handle, *handle ? "." : "", what);
    return from_file(key, value);
}

static int find_number(const char *handle, const char *what, unsigned long long *number) {
    char value[VALUE];
    int status = find(handle, what, value);
    if (!status) *number = strtoull(value, NULL, 10);
    return status;
}

static int find_int(const char *handle, const char *what, unsigned int *number) {
    unsigned long long wide;
    int status = find_number(handle, what, &wide);
    if (!status) *number = (unsigned int) wide;
    return status;
}

static int find_text(const char *handle, const char *what, char *text, unsigned int length) {
    char value[VALUE];
    int status = find(handle, what, value);
    if (status) return status;
    if (strlen(value) >= length) return INSUFFICIENT_SIZE;
    strcpy(text, value);
    return SUCCESS;
}

static char *handle_of(const char *name) {
    for (int i = 0; i < HANDLES; i++) {
        if (!*handles[i]) strcpy(handles[i], name);
        if (!strcmp(handles[i], name)) return handles[i];
    }
    abort();
}

int nvmlInit_v2(void) {
    char value[VALUE];
    int status = from_file("init", value);
    if (status && status != NOT_SUPPORTED) return status;
    users++;
    return SUCCESS;
}

int nvmlShutdown(void) {
    if (!users) return UNINITIALIZED;
    users--;
    return SUCCESS;
}

/* For tests: how many have not shut down. */
int stubUsers(void) { return users; }

const char *nvmlErrorString(int status) {
    switch (status) {
        case 3: return "Not Supported";
        case 4: return "Insufficient Permissions";
        case 6: return "Not Found";
        case 9: return "Driver Not Loaded";
        case 15: return "GPU is lost";
        case 18: return "Driver/library version mismatch";
        default: return "Unknown Error";
    }
}

int nvmlDeviceGetCount_v2(unsigned int *count) { return find_int("", "count", count); }

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, char **handle) {
    char name[32], value[VALUE];
    snprintf(name, sizeof name, "%u", index);
    int status = find(name, "handle", value);
    if (status && status != NOT_SUPPORTED) return status;
    *handle = handle_of(name);
    return SUCCESS;
}

int nvmlDeviceGetUUID(char *handle, char *text, unsigned int length) { return find_text(handle, "uuid", text, length); }
int nvmlDeviceGetName(char *handle, char *text, unsigned int length) { return find_text(handle, "name", text, length); }

#ifndef OLD_DRIVER
int nvmlDeviceGetTotalEnergyConsumption(char *handle, unsigned long long *millijoules) {
    return find_number(handle, "energy", millijoules);
}
#endif
int nvmlDeviceGetPowerUsage(char *handle, unsigned int *milliwatts) { return find_int(handle, "power", milliwatts); }
int nvmlDeviceGetEnforcedPowerLimit(char *handle, unsigned int *milliwatts) { return find_int(handle, "limit", milliwatts); }

int nvmlDeviceGetUtilizationRates(char *handle, unsigned int *gpu_and_memory) {
    gpu_and_memory[1] = 99;
    return find_int(handle, "util", gpu_and_memory);
}

int nvmlDeviceGetMigMode(char *handle, unsigned int *current, unsigned int *pending) {
    int status = find_int(handle, "mig", current);
    if (!status) *pending = *current;
    return status;
}

int nvmlDeviceGetMaxMigDeviceCount(char *handle, unsigned int *count) { return find_int(handle, "instances", count); }

int nvmlDeviceGetMigDeviceHandleByIndex(char *handle, unsigned int index, char **instance) {
    char name[32], value[VALUE];
    snprintf(name, sizeof name, "%s.mig.%u", handle, index);
    int status = find(name, "uuid", value);
    if (status == NOT_SUPPORTED) return NOT_FOUND;
    if (!status) *instance = handle_of(name);
    return status;
}

struct attributes {
    unsigned int multiprocessors, copy, decoders, encoders, jpeg, ofa, gpu_slices, compute_slices;
    unsigned long long memory_mib;
};

int nvmlDeviceGetAttributes_v2(char *handle, struct attributes *attributes) {
    memset(attributes, 0, sizeof *attributes);
    int status = find_int(handle, "slices", &attributes->compute_slices);
    attributes->multiprocessors = 14 * attributes->compute_slices;
    attributes->gpu_slices = 7;
    attributes->memory_mib = 9984;
    return status;
}

struct process {
    unsigned int pid;
    unsigned long long memory;
#ifndef OLD_DRIVER
    unsigned int gpu_instance, compute_instance;
#endif
};

static int processes(char *handle, const char *what, unsigned int *count, struct process *list) {
    char value[VALUE];
    int status = find(handle, what, value);
    if (status) return status;
    unsigned int found = 0, room = *count;
    for (char *word = strtok(value, " "); word; word = strtok(NULL, " "), found++) {
        if (found >= room) continue;
        memset(&list[found], 0x55, sizeof *list);
        list[found].pid = (unsigned int) strtoul(word, NULL, 10);
    }
    *count = found;
    return found > room ? INSUFFICIENT_SIZE : SUCCESS;
}

#ifdef OLD_DRIVER
int nvmlDeviceGetComputeRunningProcesses(char *handle, unsigned int *count, struct process *list) {
    return processes(handle, "compute", count, list);
}
int nvmlDeviceGetGraphicsRunningProcesses(char *handle, unsigned int *count, struct process *list) {
    return processes(handle, "graphics", count, list);
}
#else
int nvmlDeviceGetComputeRunningProcesses_v2(char *handle, unsigned int *count, struct process *list) {
    return processes(handle, "compute", count, list);
}
int nvmlDeviceGetGraphicsRunningProcesses_v2(char *handle, unsigned int *count, struct process *list) {
    return processes(handle, "graphics", count, list);
}

struct sample {
    unsigned int pid;
    unsigned long long micros;
    unsigned int sm, memory, encoder, decoder;
};

int nvmlDeviceGetProcessUtilization(
        char *handle, struct sample *list, unsigned int *count, unsigned long long last_seen) {
    char value[VALUE];
    int status = find(handle, "samples", value);
    if (status) return status;
    unsigned int found = 0, room = list ? *count : 0;
    for (char *word = strtok(value, " "); word; word = strtok(NULL, " ")) {
        unsigned int pid, sm;
        unsigned long long micros;
        if (sscanf(word, "%u:%llu:%u", &pid, &micros, &sm) != 3) return UNKNOWN;
        if (micros <= last_seen) continue;
        if (found < room) list[found] = (struct sample) {pid, micros, sm, 98, 97, 96};
        found++;
    }
    *count = found;
    return !found ? NOT_FOUND : found > room ? INSUFFICIENT_SIZE : SUCCESS;
}
#endif

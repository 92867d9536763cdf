# The images of Wattledger: collector, streams, connect and cli, which is the default. docs/containers.md tells how to use them,
# deploy/image/build builds all four.
ARG BUILDER=maven:3.9-eclipse-temurin-17
ARG RUNTIME=debian:bookworm-slim

FROM ${BUILDER} AS builder
WORKDIR /build
# First only what names dependencies, and the schemas, of which code is generated: dependencies are a layer of their own, which a
# change of other sources leaves as it is.
COPY pom.xml ./
COPY accounting/pom.xml accounting/
COPY cli/pom.xml cli/
COPY collector/pom.xml collector/
COPY grid/pom.xml grid/
COPY schemas/pom.xml schemas/
COPY schemas/src/main/avro schemas/src/main/avro
COPY sinks/pom.xml sinks/
COPY streams/pom.xml streams/
COPY testkit/pom.xml testkit/
COPY deploy/connect deploy/connect
COPY deploy/image/fetch deploy/image/
RUN deploy/image/fetch
COPY deploy/image/jre deploy/image/
RUN deploy/image/jre /opt/jre
COPY . .
RUN mvn -B -q -Dmaven.test.skip=true -Pimage -pl cli -am package && deploy/image/assemble /opt/wattledger

FROM ${RUNTIME} AS base
RUN groupadd --gid 10001 wattledger \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/wattledger --shell /usr/sbin/nologin wattledger \
 && install -d -o wattledger -g wattledger /var/lib/wattledger \
 && install -d /etc/wattledger
COPY --from=builder /opt/jre /opt/jre
COPY --from=builder /opt/wattledger /opt/wattledger
ENV JAVA_HOME=/opt/jre \
    PATH=/opt/wattledger:/opt/jre/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 \
    WATTLEDGER_DATA_DIR=/var/lib/wattledger

# The archives fit the JVM that makes them, with the jars where they are, so they are made by that of the image.
FROM base AS archives
COPY --from=builder /build/cli/target/wattledger-collector.classes /build/deploy/image/archives /archives/
RUN /archives/archives /archives

FROM base AS runtime
COPY --from=archives /archives/wattledger.jsa /opt/wattledger/cli/target/wattledger/
COPY --from=archives /archives/wattledger-collector.jsa /opt/wattledger/cli/target/wattledger/collector/
VOLUME /var/lib/wattledger
WORKDIR /var/lib/wattledger
USER 10001:10001
STOPSIGNAL SIGTERM
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=
LABEL org.opencontainers.image.vendor="Wattledger" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"

FROM runtime AS collector
COPY deploy/image/collector.properties /etc/wattledger/
EXPOSE 9130
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["/opt/wattledger/healthy", "9130", "/healthz"]
ENTRYPOINT ["/opt/wattledger/wattledger", "collector"]
CMD ["--config", "/etc/wattledger/collector.properties"]
LABEL org.opencontainers.image.title="Wattledger collector" \
      org.opencontainers.image.description="Measures the power of a host and of its runs, and sends it to Kafka"

FROM runtime AS streams
# Half of the memory for the heap: RocksDB has its own beside it.
ENV WATTLEDGER_LISTEN=0.0.0.0 \
    WATTLEDGER_JVM_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=6 CMD ["/opt/wattledger/healthy", "8080", "/health"]
ENTRYPOINT ["/opt/wattledger/wattledger", "streams"]
LABEL org.opencontainers.image.title="Wattledger streams" \
      org.opencontainers.image.description="Turns samples of power into an exact ledger of emissions, with a REST interface"

FROM runtime AS connect
COPY --from=builder /build/cli/target/plugins /opt/wattledger/plugins
ENV WATTLEDGER_LISTEN=0.0.0.0 \
    WATTLEDGER_JVM_OPTIONS="-XX:MaxRAMPercentage=65 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8083
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=6 CMD ["/opt/wattledger/healthy", "8083", "/health"]
ENTRYPOINT ["/opt/wattledger/wattledger", "connect", "--plugin-path", "/opt/wattledger/plugins"]
LABEL org.opencontainers.image.title="Wattledger connect" \
      org.opencontainers.image.description="Kafka Connect with Wattledger's sources and sinks, and Debezium's sink to databases"

FROM runtime AS cli
ENV WATTLEDGER_JVM_OPTIONS="-XX:MaxRAMPercentage=60"
ENTRYPOINT ["/opt/wattledger/wattledger"]
CMD ["--help"]
LABEL org.opencontainers.image.title="Wattledger" \
      org.opencontainers.image.description="The wattledger command: reports, zones, intensities, audits, topics"

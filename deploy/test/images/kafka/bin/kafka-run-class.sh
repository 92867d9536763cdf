#!/bin/bash
# One class of Kafka in place of this shell, with the variables of Kafka's own script.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logging=${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$home/config/tools-log4j2.yaml}
performance=${KAFKA_JVM_PERFORMANCE_OPTS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1}
# Not quoted: each of them may be several options.
exec java ${KAFKA_HEAP_OPTS:--Xmx256M} $performance $KAFKA_JMX_OPTS "-Dkafka.logs.dir=${LOG_DIR:-$home/logs}" $logging \
  $KAFKA_OPTS -cp "${CLASSPATH:+$CLASSPATH:}$home/libs/*" "$@"

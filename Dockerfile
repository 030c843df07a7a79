# Two stages: build with the compilers, run without them. The state and the tree are volumes.
#   docker build -t splintarr . && docker run -d --read-only --cap-drop all -v ./config:/config:ro -v splintarr:/state -p 127.0.0.1:7337:7337 splintarr

FROM debian:trixie-slim AS build
WORKDIR /src
COPY contrib/deps/debian.txt contrib/deps/debian.txt
COPY contrib/install contrib/install
RUN contrib/install build && rm -rf /var/lib/apt/lists/*
COPY . .
ARG VERSION=unknown
RUN make -j"$(nproc)" VERSION="$VERSION" && install -D build/release/splintarr /out/splintarr

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tzdata libyaml-0-2 libcurl4t64 libjansson4 \
      libmicrohttpd12t64 libpcre2-8-0 libsodium23 libssl3t64 zlib1g \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 7337 splintarr \
 && useradd --system --uid 7337 --gid 7337 --no-create-home --shell /usr/sbin/nologin splintarr \
 && install -d -o splintarr -g splintarr -m 0700 /state && install -d -m 0755 /config
COPY --from=build /out/splintarr /usr/bin/splintarr
COPY contrib/container-health /usr/lib/splintarr/health
ENV SPLINTARR_CONFIG=/config SPLINTARR_STATE=/state SPLINTARR_LISTEN=0.0.0.0:7337
EXPOSE 7337
USER 7337:7337
VOLUME ["/config", "/state"]
ENTRYPOINT ["/usr/bin/splintarr"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/usr/lib/splintarr/health"]
CMD ["daemon"]

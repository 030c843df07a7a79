# Two stages: build with the compilers, run without them. The state and the tree are volumes.
#   docker build -t splintarr . && docker run --rm -v ./config:/config -v splintarr:/state splintarr status

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
ENV SPLINTARR_CONFIG=/config SPLINTARR_STATE=/state
USER 7337:7337
VOLUME ["/config", "/state"]
ENTRYPOINT ["/usr/bin/splintarr"]
CMD ["status"]

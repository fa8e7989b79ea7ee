# docker build .                    the application
# docker build --target sandbox .   the sandbox, which stands in for the networks and the mail server

FROM node:20.20.2-bookworm-slim AS base
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM base AS sandbox
RUN npm ci --include=dev
COPY sandbox ./sandbox
RUN mkdir .data && chown node .data
USER node
EXPOSE 3100 3125
CMD ["node", "--import", "tsx", "sandbox/main.ts"]

FROM base AS application
RUN npm ci --omit=dev
COPY src ./src
COPY bpmn ./bpmn
COPY region ./region
COPY web ./web
RUN npm run web
USER node
EXPOSE 3000
# Liveness only: while the database or the engine is away the application waits and must not be killed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OTKLIK_PORT || 3000}/health/live`).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "--import", "tsx", "src/main.ts"]

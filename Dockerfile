# syntax=docker/dockerfile:1

# The tools of the build stay in this stage.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Only the packages first: a change of the sources then builds without fetching them again.
RUN npm ci --ignore-scripts && npm rebuild esbuild
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
COPY conversations ./conversations
COPY data ./data
RUN npm run build
# What is left is what the commands need at run time.
RUN npm prune --omit=dev --ignore-scripts

FROM node:20-slim
# Puppets of WeChat keep files of their own in the home directory.
ENV NODE_ENV=production STATE_DIR=/state HOME=/state HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/data ./data
COPY --from=build /app/dist ./dist
# The state is the only place that is written to; a new volume takes over its owner.
RUN mkdir /state && chown node:node /state && chmod 700 /state
USER node
VOLUME /state
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: it would stand between the process and its signals.
CMD ["node", "dist/main.js"]

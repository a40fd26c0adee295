// Maps: the bundled outline of the country and its neighbours, markers and H3 cells above it.
// Works without a network; TILE_URL, when set, lays a raster below.
import { load, number, onContent, token } from "portal/words";

const here = document.getElementById("portal-map").dataset;
const BOUNDS = [[45.5, 40], [88, 56]];
const COUNTRY = "398";
let atlas;

const need = async worker => {
  if (!document.querySelector("link[data-map-style]")) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = here.style;
    style.dataset.mapStyle = "";
    document.head.append(style);
  }
  await Promise.all([load(here.engine), load(here.topojson)]);
  window.maplibregl.setWorkerUrl(worker);
};
const outline = async address => {
  atlas ??= fetch(address).then(answer => answer.json()).then(world => {
    const countries = window.topojson.feature(world, world.objects.countries);
    countries.features.forEach(one => { one.properties.home = one.id === COUNTRY; });
    return countries;
  });
  return atlas;
};

// A colour in a form that MapLibre reads: #rrggbb.
const colour = name => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = token(name);
  canvas.fillRect(0, 0, 1, 1);
  return `#${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part.toString(16).padStart(2, "0")).join("")}`;
};
const tone = () => ["match", ["get", "tone"], "sus", colour("sus"), "reg", colour("reg"), "late", colour("late"), "warn", colour("warn"), "act", colour("act"), colour("ink-2")];

const style = (countries, features, tiles) => ({
  version: 8,
  sources: {
    countries: { type: "geojson", data: countries },
    places: { type: "geojson", data: features },
    ...(tiles ? { tiles: { type: "raster", tiles: [tiles], tileSize: 256 } } : {}),
  },
  layers: [
    { id: "ground", type: "background", paint: { "background-color": colour("page") } },
    ...(tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : [
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": ["case", ["get", "home"], colour("paper"), colour("paper-2")] } },
    ]),
    { id: "borders", type: "line", source: "countries", paint: { "line-color": colour("control"), "line-width": ["case", ["get", "home"], 1.4, 0.5] } },
    { id: "cells", type: "fill", source: "places", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": tone(), "fill-opacity": 0.22 } },
    { id: "cell-lines", type: "line", source: "places", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": tone(), "line-width": 1.2 } },
    { id: "points", type: "circle", source: "places", filter: ["==", ["geometry-type"], "Point"], paint: {
      "circle-radius": ["case", ["has", "kw"], ["max", 5, ["*", 2.2, ["sqrt", ["/", ["to-number", ["get", "kw"], 0], 1000]]]], 6],
      "circle-color": tone(), "circle-opacity": 0.32, "circle-stroke-color": tone(), "circle-stroke-width": 1.6 } },
  ],
});

const popup = (map, feature, at) => {
  const { label, url, kw } = feature.properties;
  const box = document.createElement("div"), name = document.createElement(url ? "a" : "b");
  if (url) name.href = url;
  name.textContent = label;
  box.append(name);
  if (kw) box.append(` ${number(kw / 1000, document.documentElement.lang, 1)}`);
  new window.maplibregl.Popup({ closeButton: false, offset: 8 }).setLngLat(at).setDOMContent(box).addTo(map);
};

const explore = map => {
  for (const layer of ["points", "cells"]) {
    map.on("click", layer, event => popup(map, event.features[0], event.lngLat));
    map.on("mouseenter", layer, () => { map.getCanvas().classList.add("pointing"); });
    map.on("mouseleave", layer, () => { map.getCanvas().classList.remove("pointing"); });
  }
};

const extent = features => {
  const points = features.features.flatMap(one => (one.geometry.type === "Point" ? [one.geometry.coordinates] : one.geometry.coordinates[0]));
  if (!points.length) return BOUNDS;
  const lons = points.map(one => one[0]), lats = points.map(one => one[1]);
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
};

const failed = place => {
  const words = document.createElement("p");
  words.className = "failed";
  words.textContent = place.dataset.failed;
  place.replaceChildren(words);
};

export const start = async place => {
  if (place.map || place.hidden) return place.map;
  place.map = true; // taken, while the engine loads
  try {
    await need(place.dataset.worker);
    const countries = await outline(place.dataset.outline);
    const source = place.dataset.source && document.getElementById(place.dataset.source);
    const features = source ? JSON.parse(source.textContent) : { type: "FeatureCollection", features: [] };
    const paint = () => style(countries, features, place.dataset.tiles);
    const map = new window.maplibregl.Map({
      container: place, style: paint(), bounds: extent(features), fitBoundsOptions: { padding: 32, maxZoom: 6 },
      maxBounds: [[30, 32], [104, 62]], dragRotate: false, pitchWithRotate: false, attributionControl: false, fadeDuration: 0,
      locale: { "NavigationControl.ZoomIn": place.dataset.zoomIn, "NavigationControl.ZoomOut": place.dataset.zoomOut, "Map.Title": place.dataset.label },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new window.maplibregl.NavigationControl({ showCompass: false }));
    place.map = map;
    addEventListener("themechange", () => { if (place.isConnected) map.setStyle(paint()); });
    if (!place.hasAttribute("data-pick")) explore(map);
    return map;
  } catch {
    failed(place);
    return null;
  }
};

// ── Choosing a place ────────────────────────────────────────────────────────
const inCountry = (lat, lon) => lat > 40 && lat < 56 && lon > 46 && lon < 88;

const picker = box => {
  if (box.ready) return;
  box.ready = true;
  const [lat, lon] = [box.dataset.lat, box.dataset.lon].map(id => document.getElementById(id));
  const area = box.querySelector("[data-map]"), status = box.querySelector("[data-place-status]"), opener = box.querySelector("[data-place-map]");
  let marker;
  const show = async () => {
    const map = await start(area);
    if (!map || !lat.value || !lon.value) return;
    marker ??= new window.maplibregl.Marker({ color: colour("act") });
    marker.setLngLat([Number(lon.value), Number(lat.value)]).addTo(map);
  };
  const choose = (north, east) => {
    if (!inCountry(north, east)) { status.textContent = box.dataset.outside; return; }
    [lat.value, lon.value] = [north.toFixed(5), east.toFixed(5)];
    [lat, lon].forEach(input => input.dispatchEvent(new Event("input", { bubbles: true })));
    status.textContent = `${box.dataset.chosen} ${lat.value}, ${lon.value}`;
    if (!area.hidden) show();
  };
  const open = async () => {
    area.hidden = !area.hidden;
    opener.setAttribute("aria-expanded", String(!area.hidden));
    if (area.hidden || area.listening) return;
    area.listening = true;
    const map = await start(area);
    if (!map) return;
    map.on("click", event => choose(event.lngLat.lat, event.lngLat.lng));
    map.getCanvas().addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      choose(map.getCenter().lat, map.getCenter().lng);
    });
    show();
  };
  opener.addEventListener("click", open);
  box.querySelector("[data-place-here]").addEventListener("click", () => {
    const refused = () => { status.textContent = box.dataset.refused; };
    if (!navigator.geolocation) { refused(); return; }
    navigator.geolocation.getCurrentPosition(at => choose(at.coords.latitude, at.coords.longitude), refused, { timeout: 10000 });
  });
};

onContent(part => {
  part.querySelectorAll("[data-place]").forEach(picker);
  part.querySelectorAll("[data-map]:not([data-pick])").forEach(start);
});

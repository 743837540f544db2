// Starts the worker; it listens as soon as it has said that it is alive.
import start from "./worker.js";
start();

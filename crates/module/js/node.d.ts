
// The package is ready once it is required: there is nothing to await.

/** As wide as what the Modeler writes in: lines of a diagram break where they break there. */
export const DIAGRAM_FONT = 'Arial, "Liberation Sans", "DejaVu Sans Condensed", sans-serif';

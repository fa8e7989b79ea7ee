import express from 'express';
import { z } from 'zod';

/** Reads the body of a form. */
export const form = express.urlencoded({ extended: false, limit: '20kb' });

/** A field of a form: nothing for whatever is no text. */
export const field = z.string().catch('');
